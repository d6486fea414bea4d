/** The two modals: a follow-up, and what was wrong with an answer. */

import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from "discord.js";
import { MAX_QUESTION_LENGTH } from "../domain/question-text.ts";

/** Custom id of the modals' only field. */
export const MODAL_FIELD = "text";
/** Characters of a member's opinion. */
export const LONGEST_COMMENT = 1000;

/**
 * @param customId of the button that opened it: it means the same.
 * @param words title at most 45 characters, label at most 45, placeholder at most 100.
 */
export function modal(
  customId: string,
  words: { readonly modalTitle: string; readonly modalLabel: string; readonly modalPlaceholder: string },
  field: { readonly isRequired: boolean },
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: customId,
    title: words.modalTitle,
    components: [
      {
        type: ComponentType.Label,
        label: words.modalLabel,
        component: {
          type: ComponentType.TextInput,
          custom_id: MODAL_FIELD,
          style: TextInputStyle.Paragraph,
          required: field.isRequired,
          placeholder: words.modalPlaceholder,
          max_length: field.isRequired ? MAX_QUESTION_LENGTH : LONGEST_COMMENT,
        },
      },
    ],
  };
}
