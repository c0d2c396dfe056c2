namespace Tarn.Formats.Avro;

/// <summary>A field of a record.</summary>
/// <param name="Default">Its default in Avro's binary encoding; null: it has none.</param>
public sealed record AvroField(string Name, AvroType Type, IReadOnlyList<string> Aliases, byte[]? Default);
