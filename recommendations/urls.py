from django.urls import include, path

app_name = "recommendations"


urlpatterns = [
    path("", include("recommendations.submissions.urls")),
    path("", include("recommendations.tracking.urls")),
    path("", include("recommendations.results.urls")),
    path("", include("recommendations.letter.urls")),
    path("", include("recommendations.signing.urls")),
    path("", include("recommendations.examination.urls")),
    path("", include("recommendations.attachments.urls")),
    path("", include("recommendations.romantik.urls")),
    path("", include("recommendations.recording.urls")),
    path("", include("recommendations.slip.urls")),
    path("", include("recommendations.promise.urls")),
    path("", include("recommendations.archive.urls")),
    path("", include("recommendations.agencies.urls")),
]
