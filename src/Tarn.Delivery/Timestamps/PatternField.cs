namespace Tarn.Delivery.Timestamps;

/// <summary>One run of a pattern letter, or literal text (letter is then 0).</summary>
internal readonly record struct PatternField(char Letter, int Count, string Literal, int Position)
{
    public bool IsLiteral => Letter == '\0';

    /// <summary>Digits only, so that a following number needs to know where this one ends.</summary>
    public bool IsNumber => Letter switch
    {
        'M' or 'L' => Count <= 2,
        'y' or 'u' or 'd' or 'H' or 'h' or 'm' or 's' or 'S' => true,
        _ => false,
    };
}
