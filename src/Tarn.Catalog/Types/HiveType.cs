using System.Globalization;

namespace Tarn.Catalog.Types;

#pragma warning disable CA1720 // the names are Hive's
/// <summary>
/// A column's type as Hive, Glue and Athena write it. <see cref="object.ToString"/> prints the canonical text: lower
/// case, no spaces. Equal types have equal canonical texts. Field names of structs keep their case.
/// </summary>
public abstract record HiveType
{
    private HiveType()
    {
    }

    /// <summary>
    /// Parses type text. Fails with Invalid naming the position, or Unsupported for a Hive type Tarn does not read.
    /// </summary>
    public static HiveType Parse(string text) => new HiveTypeParser(text).Run();

    private protected abstract string Print();

    public sealed override string ToString() => Print();

    /// <summary>A type without parameters.</summary>
    public sealed record Primitive(HivePrimitive Kind) : HiveType
    {
        private protected override string Print() => Kind.ToString().ToLowerInvariant();
    }

    /// <summary>
    /// Exact number: <paramref name="Precision"/> 1 to 38 digits, <paramref name="Scale"/> of them after the point.
    /// </summary>
    public sealed record Decimal(int Precision, int Scale) : HiveType
    {
        private protected override string Print() =>
            string.Create(CultureInfo.InvariantCulture, $"decimal({Precision},{Scale})");
    }

    /// <summary>Text of at most <paramref name="Length"/> characters, 1 to 65,535.</summary>
    public sealed record Varchar(int Length) : HiveType
    {
        private protected override string Print() => string.Create(CultureInfo.InvariantCulture, $"varchar({Length})");
    }

    /// <summary>Text padded to <paramref name="Length"/> characters, 1 to 255.</summary>
    public sealed record Char(int Length) : HiveType
    {
        private protected override string Print() => string.Create(CultureInfo.InvariantCulture, $"char({Length})");
    }

    /// <summary>A list.</summary>
    public sealed record Array(HiveType Element) : HiveType
    {
        private protected override string Print() => $"array<{Element}>";
    }

    /// <summary>Keys (of a type without nesting) to values.</summary>
    public sealed record Map(HiveType Key, HiveType Value) : HiveType
    {
        private protected override string Print() => $"map<{Key},{Value}>";
    }

    /// <summary>Named fields in order.</summary>
    public sealed record Struct(IReadOnlyList<Field> Fields) : HiveType
    {
        public bool Equals(Struct? other) => other is not null && Fields.SequenceEqual(other.Fields);

        public override int GetHashCode() => Fields.Aggregate(0, HashCode.Combine);

        private protected override string Print() =>
            $"struct<{string.Join(',', Fields.Select(field => $"{field.Name}:{field.Type}"))}>";
    }

    /// <summary>A field of a struct.</summary>
    public sealed record Field(string Name, HiveType Type);
}
