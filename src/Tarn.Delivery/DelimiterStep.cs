namespace Tarn.Delivery;

/// <summary>Appends a delimiter to each record.</summary>
public sealed record DelimiterStep : RecordStep
{
    /// <summary>
    /// The delimiter's text, in which <c>\n</c>, <c>\r</c>, <c>\t</c> and <c>\\</c> written as two characters stand for
    /// line feed, carriage return, tab and backslash. By default a line feed.
    /// </summary>
    public string Delimiter { get; init; } = @"\n";
}
