namespace Tarn.Streams.Segments;

/// <summary>Bytes of a segment that could not be understood.</summary>
internal readonly record struct Damage(string File, long Offset, long Length, DamageFate Fate);
