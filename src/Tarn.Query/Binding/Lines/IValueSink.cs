namespace Tarn.Query.Binding.Lines;

/// <summary>Takes one value that is not NULL, in the form of its type.</summary>
internal interface IValueSink
{
    void Boolean(bool value);

    /// <summary>Of any whole type, in its range.</summary>
    void Whole(long value);

    /// <summary>Of double, or exactly a real.</summary>
    void Floating(double value);

    /// <summary>A decimal of up to 18 digits.</summary>
    void Decimal(long unscaled, int scale);

    /// <summary>A decimal of more digits, as its text.</summary>
    void Decimal(ReadOnlySpan<byte> text);

    void Date(int days);

    void Timestamp(long micros);

    /// <summary>Valid UTF-8.</summary>
    void Text(ReadOnlySpan<byte> value);

    void Binary(ReadOnlySpan<byte> value);
}
