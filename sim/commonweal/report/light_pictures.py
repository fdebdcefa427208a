"""Pictures light enough to be kept: at one modest resolution, in 256 colours."""

from base64 import b64decode, b64encode
from io import BytesIO
from typing import Any, Final

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from commonweal.report.notebook_page import plots

DPI: Final = 96
"""dots per inch of a notebook's plots: a dot is what browsers call a pixel"""
COLOURS: Final = 256


def light(png: bytes, dpi: int = DPI) -> bytes:
    """A PNG at no more than `dpi` dots per inch, on white and in 256 colours; its texts stay.

    One that is so already comes back as it is; one that does not say how large it is keeps its size.
    """
    with Image.open(BytesIO(png)) as image:
        fine = round(image.info.get("dpi", (dpi, dpi))[0])
        if image.mode == "P" and fine <= dpi:
            return png
        seen = Image.new("RGBA", image.size, "white")
        seen.alpha_composite(image.convert("RGBA"))
        told = PngInfo()
        for name, text in image.text.items():  # pyright: ignore[reportAttributeAccessIssue]
            told.add_text(name, text)
    if fine > dpi:
        size = round(seen.width * dpi / fine), round(seen.height * dpi / fine)
        seen = seen.resize(size, Image.Resampling.LANCZOS)
    # Of Pillow's ways the one that keeps rare colours, such as those of a thin line.
    few = seen.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    written = BytesIO()
    few.save(written, "PNG", optimize=True, dpi=(min(fine, dpi),) * 2, pnginfo=told)
    return written.getvalue()


def lighten(notebook: Any) -> None:
    """Make every picture of an executed notebook light, in place, and shown as large as it is."""
    for plot in plots(notebook):
        plot.data["image/png"] = b64encode(light(b64decode(plot.data["image/png"]))).decode()
        for side in ("width", "height"):
            plot.metadata.get("image/png", {}).pop(side, None)
