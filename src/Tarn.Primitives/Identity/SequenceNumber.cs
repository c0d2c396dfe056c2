using System.Globalization;

namespace Tarn.Primitives.Identity;

/// <summary>
/// The place of a record in its shard: grows by at least one per record, never repeats, survives restarts and
/// re-creation of a stream of the same name. On the wire it is a decimal string without leading zeros.
/// </summary>
/// <remarks>
/// A stream's first number is its creation time in milliseconds times 2^20, so a stream that is deleted and created
/// again starts above every number of its predecessor and object names made of sequence ranges never collide.
/// </remarks>
public readonly record struct SequenceNumber(ulong Value) : IComparable<SequenceNumber>
{
    /// <summary>Before every record.</summary>
    public static readonly SequenceNumber Zero;

    /// <summary>The number after this one.</summary>
    public SequenceNumber Next => new(Value + 1);

    public static bool operator <(SequenceNumber a, SequenceNumber b) => a.Value < b.Value;

    public static bool operator >(SequenceNumber a, SequenceNumber b) => a.Value > b.Value;

    public static bool operator <=(SequenceNumber a, SequenceNumber b) => a.Value <= b.Value;

    public static bool operator >=(SequenceNumber a, SequenceNumber b) => a.Value >= b.Value;

    /// <summary>Parses the wire form; false for anything but up to 20 decimal digits within range.</summary>
    public static bool TryParse(string? text, out SequenceNumber number)
    {
        var parsed = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        number = new SequenceNumber(value);
        return parsed;
    }

    public int CompareTo(SequenceNumber other) => Value.CompareTo(other.Value);

    /// <summary>The wire form.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
