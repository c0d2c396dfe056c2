namespace Tarn.Storage.Objects;

/// <summary>
/// A requested part of an object: from <paramref name="First"/> to <paramref name="Last"/> inclusive.
/// </summary>
/// <param name="First">Null: the last <paramref name="Last"/> bytes (suffix form).</param>
/// <param name="Last">Null: to the end.</param>
public readonly record struct ByteRange(long? First, long? Last);
