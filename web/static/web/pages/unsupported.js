/* Only browsers without modules run this; it must stay readable for old ones. */
document.getElementById("unsupported-at-once").hidden = false;
