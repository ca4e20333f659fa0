// A label, a slider and a number box that always show the same number; the server hears of it, latest value only.
export default {
  template: `
    <div class="lab-field">
      <label :for="name + '-box'">{{ label }}<span v-if="unit" class="lab-soft"> ({{ unit }})</span></label>
      <div class="lab-slide">
        <input type="range" :id="name + '-slider'" :aria-label="label + ', slider'" :aria-describedby="name + '-hint'"
          :aria-valuetext="spoken" :min="logarithmic ? 0 : min" :max="logarithmic ? 200 : max"
          :step="logarithmic ? 1 : step" :value="place" :disabled="disabled" @input="slide($event.target.value)" />
        <input type="number" :id="name + '-box'" :min="min" :max="max" :step="whole ? 1 : 'any'" :value="shown"
          inputmode="decimal" :aria-describedby="name + '-hint'" :aria-invalid="!!trouble" :disabled="disabled"
          @input="type($event.target.value, false)" @change="type($event.target.value, true)" />
      </div>
      <div v-if="marks && marks.length" class="lab-marks" aria-hidden="true">
        <span v-for="mark in marks" class="lab-mark" :class="'lab-mark-' + mark.kind"
          :style="{left: 'calc(8px + (100% - 16px) * ' + (mark.at - min) / (max - min || 1) + ')'}"></span>
      </div>
      <p class="lab-hint" :id="name + '-hint'"><span v-if="trouble" class="lab-trouble">{{ trouble }} </span>{{ hint }}</p>
    </div>`,
  props: {
    name: String, label: String, unit: String, hint: String, min: Number, max: Number, step: Number,
    value: Number, whole: Boolean, logarithmic: Boolean, disabled: Boolean, marks: Array,
  },
  data() {
    return { shown: this.value, trouble: "", timer: null };
  },
  computed: {
    place() {
      if (!this.logarithmic) return this.shown;
      return Math.round((200 * Math.log(this.shown / this.min)) / Math.log(this.max / this.min));
    },
    spoken() {
      return this.unit ? `${this.shown} ${this.unit}` : `${this.shown}`;
    },
  },
  methods: {
    slide(text) {
      const at = Number(text);
      const value = this.logarithmic ? this.min * Math.pow(this.max / this.min, at / 200) : at;
      this.shown = this.rounded(Math.min(this.max, Math.max(this.min, value)));
      this.trouble = "";
      this.tell(60);
    },
    type(text, finished) {
      const value = Number(text);
      const good = text !== "" && Number.isFinite(value) && value >= this.min && value <= this.max;
      if (!good && !finished) return;
      const asked = this.rounded(good ? value : Math.min(this.max, Math.max(this.min, text === "" ? this.shown : value || 0)));
      this.trouble = good ? "" : `From ${this.min} to ${this.max}.`;
      if (asked === this.shown && good) return;
      this.shown = asked;
      if (!good) this.$nextTick(() => (this.$el.querySelector("input[type=number]").value = asked));
      this.tell(finished ? 0 : 350);
    },
    rounded(value) {
      return this.whole ? Math.round(value) : Number(value.toPrecision(6));
    },
    tell(wait) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.$emit("moved", this.shown), wait);
    },
    put(value) {
      clearTimeout(this.timer);
      this.shown = value;
      this.trouble = "";
    },
  },
};
