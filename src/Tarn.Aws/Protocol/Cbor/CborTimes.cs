using System.Collections.Frozen;
using System.Formats.Cbor;

namespace Tarn.Aws.Protocol.Cbor;

/// <summary>
/// The members of Kinesis that are points in time. In JSON they are seconds with fractions; in AWS CBOR 1.1 they carry
/// tag 1 and are whole milliseconds (the Java SDKs write <c>date.getTime()</c> and read it so), unlike tag 1 of
/// RFC 8949, which counts seconds.
/// </summary>
internal static class CborTimes
{
    public const CborTag Tag = CborTag.UnixTimeSeconds;

    private static readonly FrozenSet<string> Members = FrozenSet.Create(
        StringComparer.Ordinal,
        "ApproximateArrivalTimestamp",
        "ConsumerCreationTimestamp",
        "EarliestAllowedEndAt",
        "EndedAt",
        "StartedAt",
        "StreamCreationTimestamp",
        "Timestamp");

    public static bool IsTime(string? member) => member is not null && Members.Contains(member);
}
