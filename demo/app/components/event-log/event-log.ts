/** The events of the components, for developers: folded until it is tapped. */
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
