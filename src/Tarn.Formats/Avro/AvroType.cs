namespace Tarn.Formats.Avro;

/// <summary>A type of a schema. Records may hold themselves, so types are equal by identity.</summary>
public sealed class AvroType
{
    internal AvroType(AvroKind kind) => Kind = kind;

    public AvroKind Kind { get; }

    /// <summary>Of a record, an enum and a fixed: with its namespace; of the others empty.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>Such as <c>decimal</c> or <c>timestamp-micros</c>; empty: none.</summary>
    public string Logical { get; internal init; } = "";

    /// <summary>Digits of a decimal.</summary>
    public int Precision { get; internal init; }

    /// <summary>Of a decimal.</summary>
    public int Scale { get; internal init; }

    /// <summary>Bytes of a fixed.</summary>
    public int Size { get; internal init; }

    /// <summary>Of an enum, as UTF-8.</summary>
    public IReadOnlyList<byte[]> Symbols { get; internal init; } = [];

    /// <summary>Branches of a union; the one item of an array, the one value of a map.</summary>
    public IReadOnlyList<AvroType> Parts { get; internal init; } = [];

    /// <summary>Of a record.</summary>
    public IReadOnlyList<AvroField> Fields { get; internal set; } = [];

    /// <summary>Throws Invalid for text that is no schema.</summary>
    public static AvroType Parse(string schema) => new AvroSchemaReader().Read(schema);

    public override string ToString() => Kind switch
    {
        AvroKind.Union => $"[{string.Join(", ", Parts)}]",
        AvroKind.Array or AvroKind.Map => $"{Word}<{Parts[0]}>",
        _ when Name.Length > 0 => $"{Word} {Name}",
        _ => Logical.Length > 0 ? $"{Word} ({Logical})" : Word,
    };

    private string Word => Kind.ToString().ToLowerInvariant();
}
