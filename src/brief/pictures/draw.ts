/** Draws a layout: echarts makes the SVG, resvg the PNG. Both take time and memory, so they are loaded when first needed. */

import type { ECharts, EChartsCoreOption } from "echarts/core";
import { FAMILY, type Fonts, loadFonts } from "./font.ts";
import type { Palette } from "./palette.ts";

/** In pixels of the PNG: a phone shows it at half of that. */
export const WIDTH = 800;

export interface Drawing {
  readonly option: EChartsCoreOption;
  readonly height: number;
}

export interface Studio {
  readonly fonts: Fonts;
  draw(drawing: Drawing, palette: Palette): Promise<{ readonly svg: string; readonly png: Uint8Array }>;
}

/** What echarts writes for a browser only: names counted up over all drawings of a process, and data for events. */
const FOR_BROWSERS = / (?:class="[^"]*"|ecmeta_\w+="[^"]*"|pointer-events="[^"]*")|<style ?>[\s\S]*?<\/style>\n?/g;

let opened: Promise<Studio> | null = null;

/**
 * Loads what draws, once in a process.
 * @throws {SitrepError} "bad-config" where the font is missing.
 */
export function openStudio(): Promise<Studio> {
  // A failure is not kept: what is missing may be put back.
  opened ??= studio().catch((fault: unknown) => {
    opened = null;
    throw fault;
  });
  return opened;
}

async function studio(): Promise<Studio> {
  const fonts = await loadFonts();
  // One file: its 600 modules take sixteen times as long to load, and 70 MB more.
  const [{ init, setPlatformAPI }, { renderAsync }] = await Promise.all([
    import("echarts/dist/echarts.esm.min"),
    import("@resvg/resvg-js"),
  ]);
  // Without a browser echarts guesses how wide letters are.
  setPlatformAPI({
    measureText: (text, font) => {
      const size = Number(/(\d+(?:\.\d+)?)px/.exec(font ?? "")?.[1] ?? 12);
      const face = /\bbold\b/.test(font ?? "") ? fonts.bold : fonts.regular;
      return { width: face.widthOf(text, size) };
    },
  });

  return {
    fonts,
    async draw({ option, height }, { background }) {
      const chart: ECharts = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
      let svg: string;
      try {
        chart.setOption({
          animation: false,
          backgroundColor: background,
          textStyle: { fontFamily: FAMILY },
          ...option,
        });
        svg = chart.renderToSVGString().replace(FOR_BROWSERS, "");
      } finally {
        chart.dispose();
      }
      const image = await renderAsync(svg, {
        background,
        font: { loadSystemFonts: false, fontFiles: [...fonts.files], defaultFontFamily: FAMILY },
      });
      return { svg, png: image.asPng() };
    },
  };
}
