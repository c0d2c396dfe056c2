using Tarn.Primitives.Identity;

namespace Tarn.Streams.Records;

/// <summary>Bounds of one read.</summary>
/// <param name="RecordsMax">At least 1.</param>
/// <param name="BytesMax">Payload and key bytes; one record larger than this is still returned alone.</param>
public readonly record struct ReadBounds(int RecordsMax, int BytesMax);
