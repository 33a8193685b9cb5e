// Where lines hide while the picture is dragged, nodes become one image: thousands of outlines a
// frame would stutter.
((ag) => {
  /** Draw nodes once on a sheet twice the size of the window, and move the sheet with the pointer. */
  function start(network) {
    const { body, canvas, renderer } = network;
    let sheet = null;

    /** The window, and how far the sheet reaches beyond it: whole pixels, or the image would blur. */
    function extent() {
      const { clientWidth: width, clientHeight: height } = canvas.frame;
      return { width, height, beyondX: Math.round(width / 2), beyondY: Math.round(height / 2) };
    }

    function draw() {
      const { width, height, beyondX, beyondY } = extent();
      const { scale, translation: { x, y } } = body.view;
      const [w, h] = [width + 2 * beyondX, height + 2 * beyondY];
      const image = ag.el("canvas", { width: Math.round(w * canvas.pixelRatio), height: Math.round(h * canvas.pixelRatio) });
      const context = image.getContext("2d");
      context.scale(canvas.pixelRatio, canvas.pixelRatio);
      context.translate(beyondX + x, beyondY + y);
      context.scale(scale, scale);
      const near = (at, beyond, room, reach) => at > -beyond - reach && at < room + beyond + reach;
      for (const id of body.nodeIndices) {
        const node = body.nodes[id];
        const reach = 2 * node.options.size * scale;
        if (near(node.x * scale + x, beyondX, width, reach) && near(node.y * scale + y, beyondY, height, reach)) node.draw(context);
      }
      return { image, x, y, scale, w, h, beyondX, beyondY };
    }

    /** Whether the sheet still covers the window: neither zoomed since, nor dragged past its rim. */
    function covers() {
      const { scale, translation: { x, y } } = body.view;
      return sheet !== null && sheet.scale === scale && Math.abs(x - sheet.x) <= sheet.beyondX && Math.abs(y - sheet.y) <= sheet.beyondY;
    }

    network.on("dragStart", ({ nodes }) => {
      // A node that is dragged, or pushed by others, moves against the rest.
      const whole = !nodes.length && !network.physics.physicsEnabled;
      renderer.options.hideNodesOnDrag = whole && renderer.options.hideEdgesOnDrag;
    });
    network.on("dragEnd", () => { sheet = null; });
    network.on("beforeDrawing", (context) => {
      if (!renderer.dragging || !renderer.options.hideNodesOnDrag) return;
      if (!covers()) sheet = draw();
      const { x, y } = body.view.translation;
      context.save();
      canvas.setTransform();
      context.drawImage(sheet.image, x - sheet.x - sheet.beyondX, y - sheet.y - sheet.beyondY, sheet.w, sheet.h);
      context.restore();
    });
  }

  ag.drag = { start };
})(globalThis.actorgraph);
