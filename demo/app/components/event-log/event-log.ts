/** What the components told the page, for the developer: closed until somebody looks. */
Component({
  properties: {
    events: { type: Array, value: [] },
  },
  data: { open: false },
  methods: {
    toggle(): void {
      this.setData({ open: !this.data.open });
    },
  },
});
