"""Addresses of this area."""

from django.urls import URLPattern, path

from corridor.web.home import pages, sitemap

urlpatterns: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("themes/<slug:code>/", pages.theme, name="theme"),
    path("articles/<int:number>/", pages.article, name="article"),
    path("about/", pages.about, name="about"),
    path("principles/", pages.principles, name="principles"),
    path("privacy/", pages.privacy, name="privacy"),
    path("help/", pages.guide, name="help"),
    path("robots.txt", pages.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemaps, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap.sitemap_section, name="sitemap-section"),
    path("favicon.ico", pages.favicon, name="favicon"),
]
