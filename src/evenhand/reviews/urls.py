from __future__ import annotations

from django.urls import path

from evenhand.reviews.views import draws, page, praise, review, work

app_name = "reviews"
_PAGE = "w/<slug:workspace>/review/<uuid:conversation>"
_REVIEW = "w/<slug:workspace>/reviews/<uuid:review>"
urlpatterns = [
    path("w/<slug:workspace>/review/", work.work, name="work"),
    path(_PAGE, page.page, name="page"),
    path(f"{_PAGE}/draft", page.draft, name="draft"),
    path(f"{_PAGE}/submit", page.submit, name="submit"),
    path(f"{_PAGE}/next", page.go, {"direction": "next"}, name="next"),
    path(f"{_PAGE}/previous", page.go, {"direction": "previous"}, name="previous"),
    path(_REVIEW, review.review, name="review"),
    path(f"{_REVIEW}/edit", review.edit, name="edit"),
    path(f"{_REVIEW}/delete", review.delete, name="delete"),
    path(f"{_REVIEW}/seen", review.seen, name="seen"),
    path(f"{_REVIEW}/discard", work.discard, name="discard"),
    path("w/<slug:workspace>/coverage/", draws.coverage_table, name="coverage"),
    path("w/<slug:workspace>/coverage/<uuid:agent>/one", draws.review_one, name="review-one"),
    path("w/<slug:workspace>/draws/new", draws.draw_new, name="draw-new"),
    path("w/<slug:workspace>/draws/<uuid:draw>/", draws.draw, name="draw"),
    path("w/<slug:workspace>/draws/<uuid:draw>/close", draws.close, name="draw-close"),
    path("w/<slug:workspace>/draws/items/<uuid:item>/refuse", draws.refuse, name="draw-refuse"),
    path("w/<slug:workspace>/praise/<uuid:conversation>/<uuid:agent>", praise.give, name="praise"),
]
