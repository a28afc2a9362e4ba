// Compiled once instead of by each of two hundred sources: reading headers is more than half of the build's time. Nothing
// here may include Logger.hpp, whose macros depend on what each source defines before it.
#include "Channel/ChannelSocket.hpp"
#include "RTC/RtpDictionaries.hpp"
#include "Settings.hpp"
#include "Utils.hpp"
#include "common.hpp"
#include <ankerl/unordered_dense.h>
#include <array>
#include <bitset>
#include <deque>
#include <list>
#include <map>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>
