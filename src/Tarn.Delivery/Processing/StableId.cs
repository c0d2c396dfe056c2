using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tarn.Primitives.Identity;

namespace Tarn.Delivery.Processing;

/// <summary>
/// UUIDs that say what they are for: the same things give the same id, so that a receiver can tell a repeat after a
/// restart.
/// </summary>
internal static class StableId
{
    /// <param name="purpose">Tells ids apart that are made of the same records.</param>
    /// <param name="first">The first record that it is for, with its place within the log record.</param>
    /// <param name="last">The last one.</param>
    public static string Of(
        string purpose,
        string deliveryStream,
        string shardId,
        (SequenceNumber Sequence, int SubSequence) first,
        (SequenceNumber Sequence, int SubSequence) last)
    {
        var range = string.Create(
            CultureInfo.InvariantCulture,
            $"{first.Sequence}.{first.SubSequence}\n{last.Sequence}.{last.SubSequence}");
        var text = $"{purpose}\n{deliveryStream}\n{shardId}\n{range}";
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);

        // Version 8, of RFC 9562: made in a way of one's own.
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
