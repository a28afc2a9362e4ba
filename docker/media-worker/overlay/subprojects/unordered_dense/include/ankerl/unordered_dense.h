// The worker uses these containers exactly like the standard ones, so the standard ones take their names.
#ifndef LIANZHEN_UNORDERED_DENSE_H
#define LIANZHEN_UNORDERED_DENSE_H

#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace ankerl
{
	namespace unordered_dense
	{
		template<typename Key>
		using hash = std::hash<Key>;

		template<typename Key, typename Value, typename Hash = hash<Key>, typename Equal = std::equal_to<Key>>
		using map = std::unordered_map<Key, Value, Hash, Equal>;

		template<typename Key, typename Hash = hash<Key>, typename Equal = std::equal_to<Key>>
		using set = std::unordered_set<Key, Hash, Equal>;
	} // namespace unordered_dense
} // namespace ankerl

#endif
