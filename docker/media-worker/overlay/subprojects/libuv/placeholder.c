/* An archive needs one object; this one is empty on purpose. */
typedef int lianzhen_placeholder;
