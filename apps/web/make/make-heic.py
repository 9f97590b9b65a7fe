"""Makes e2e/fixtures/giraffes.heic, with a place in Kenya: python3 make-heic.py (pillow 12, pillow-heif 1)."""

import pathlib

import pillow_heif
from PIL import Image

here = pathlib.Path(__file__).parent
photos = here / "../../../packages/models/image-classifier/photos"
pillow_heif.register_heif_opener()
picture = Image.open(photos / "giraffe-pair.jpg")
exif = Image.Exif()
exif.get_ifd(0x8825).update({1: "S", 2: (1.0, 24.0, 0.0), 3: "E", 4: (35.0, 6.0, 0.0)})
picture.save(here / "../e2e/fixtures/giraffes.heic", quality=45, exif=exif.tobytes())
