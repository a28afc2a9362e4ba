// libsrtp 3 as the media worker calls it, on top of the libsrtp 2 that distributions ship.
//
// Version 3 differs in two ways that matter here: a policy is built by calls instead of by filling in a struct, and
// packets are protected from one buffer into another instead of in place.
#ifndef LIANZHEN_SRTP3_ON_SRTP2_H
#define LIANZHEN_SRTP3_ON_SRTP2_H

// Version 3 gives the name srtp_policy_t to a pointer, so the struct of version 2 has to step aside.
#define srtp_policy_t srtp2_policy_struct
#include <srtp2/srtp.h>
#undef srtp_policy_t

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

// Codes that only version 3 has. The worker names them in its table of messages.
inline constexpr srtp_err_status_t srtp_err_status_buffer_small{ static_cast<srtp_err_status_t>(28) };
inline constexpr srtp_err_status_t srtp_err_status_cryptex_err{ static_cast<srtp_err_status_t>(29) };

namespace srtp3
{
	// Version 2 keeps a pointer to the key, so the key lives beside the policy.
	struct Policy
	{
		srtp2_policy_struct fields{};
		unsigned char key[SRTP_MAX_KEY_LEN]{};
	};

	// SRTCP adds a four-byte index before its authentication tag.
	inline constexpr size_t RtpGrowth{ SRTP_MAX_TRAILER_LEN };
	inline constexpr size_t RtcpGrowth{ SRTP_MAX_TRAILER_LEN + sizeof(uint32_t) };

	using InPlace = srtp_err_status_t (*)(srtp_t session, void* packet, int* length);

	// Does in `to` what version 2 does in place. `growth` is how many bytes the call may append, 0 when it only shrinks.
	inline srtp_err_status_t transform(
	  InPlace call, srtp_t session, const uint8_t* from, size_t fromLength, uint8_t* to, size_t* toLength, size_t growth)
	{
		if (*toLength < growth || fromLength > *toLength - growth)
		{
			return srtp_err_status_buffer_small;
		}

		if (to != from)
		{
			std::memmove(to, from, fromLength);
		}

		auto length       = static_cast<int>(fromLength);
		const auto status = call(session, to, &length);

		*toLength = static_cast<size_t>(std::max(length, 0));

		return status;
	}
} // namespace srtp3

using srtp_policy_t = srtp3::Policy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new (std::nothrow) srtp3::Policy();

	return *policy == nullptr ? srtp_err_status_alloc_fail : srtp_err_status_ok;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	if (policy != nullptr)
	{
		// Keys do not stay in freed memory.
		volatile unsigned char* byte = policy->key;

		for (size_t i{ 0 }; i < sizeof(policy->key); ++i)
		{
			byte[i] = 0;
		}
	}

	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->fields.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	const auto status = srtp_crypto_policy_set_from_profile_for_rtp(&policy->fields.rtp, profile);

	if (status != srtp_err_status_ok)
	{
		return status;
	}

	return srtp_crypto_policy_set_from_profile_for_rtcp(&policy->fields.rtcp, profile);
}

// The worker uses no master key index, so the last two arguments must be empty.
inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const unsigned char* key,
  size_t keyLength,
  const unsigned char* salt,
  size_t saltLength,
  const unsigned char* mki,
  size_t mkiLength)
{
	if (mki != nullptr || mkiLength != 0 || keyLength > sizeof(policy->key) || saltLength > sizeof(policy->key) - keyLength)
	{
		return srtp_err_status_bad_param;
	}

	std::memcpy(policy->key, key, keyLength);
	std::memcpy(policy->key + keyLength, salt, saltLength);
	policy->fields.key = policy->key;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->fields.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t packets)
{
	policy->fields.window_size = packets;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	const srtp2_policy_struct* fields = &policy->fields;

	return srtp_create(session, fields);
}

// Both versions take the SSRC in network order.
inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t rtpLength, uint8_t* srtp, size_t* srtpLength, size_t /*mkiIndex*/)
{
	return srtp3::transform(
	  static_cast<srtp3::InPlace>(srtp_protect), session, rtp, rtpLength, srtp, srtpLength, srtp3::RtpGrowth);
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t rtcpLength, uint8_t* srtcp, size_t* srtcpLength, size_t /*mkiIndex*/)
{
	return srtp3::transform(
	  static_cast<srtp3::InPlace>(srtp_protect_rtcp), session, rtcp, rtcpLength, srtcp, srtcpLength, srtp3::RtcpGrowth);
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t srtpLength, uint8_t* rtp, size_t* rtpLength)
{
	return srtp3::transform(
	  static_cast<srtp3::InPlace>(srtp_unprotect), session, srtp, srtpLength, rtp, rtpLength, 0);
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t srtcpLength, uint8_t* rtcp, size_t* rtcpLength)
{
	return srtp3::transform(
	  static_cast<srtp3::InPlace>(srtp_unprotect_rtcp), session, srtcp, srtcpLength, rtcp, rtcpLength, 0);
}

#endif
