"""The animation: a frame a month, whole on disk, and what happened is said below."""

from io import BytesIO

import pytest
from PIL import Image
from worlds import world

from commonweal.figures.animation import END, animation

SMALL = "community.leaders=8", "community.degree=2"


@pytest.fixture(scope="module")
def moving():
    return animation(world("strategy=communication", *SMALL), "communication", None, 1, 3)


def test_it_has_a_frame_for_each_month_and_one_before(moving):
    with Image.open(BytesIO(moving.gif)) as image:
        assert image.n_frames == 4 and image.info["loop"] == 0
        image.seek(3)
        assert image.info["duration"] == END
        first = image.convert("RGB").tobytes()
        image.seek(1)
        assert image.convert("RGB").tobytes() != first


def test_it_is_the_same_every_time_and_is_kept(moving, tmp_path):
    again = animation(world("strategy=communication", *SMALL), "communication", None, 1, 3)
    assert again.gif == moving.gif
    assert moving.save(tmp_path / "a.gif").read_bytes() == moving.gif
    assert moving._repr_html_().startswith('<img src="data:image/gif;base64,') and "communication" in moving.alt
