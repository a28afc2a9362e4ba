// An archive needs one object; this one is empty on purpose.
using lianzhen_placeholder = int;
