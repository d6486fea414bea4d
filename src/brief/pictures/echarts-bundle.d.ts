/** The whole of echarts in one file, which has no types of its own. */
declare module "echarts/dist/echarts.esm.min" {
  export { init, setPlatformAPI } from "echarts/core";
}
