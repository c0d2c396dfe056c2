using System.Globalization;
using System.Text;

namespace Tarn.Query.Binding.Projection;

/// <summary>
/// A pattern of java.time's DateTimeFormatter out of years, months, days, hours, minutes, seconds and fractions, with
/// text between them, as .NET writes it.
/// </summary>
internal sealed class DatePattern
{
    private static readonly (char Java, string[] Net, int Rank)[] Letters =
    [
        ('y', ["yyyy", "yy"], 0),
        ('u', ["yyyy", "yy"], 0),
        ('M', ["M", "MM", "MMM", "MMMM"], 1),
        ('L', ["M", "MM", "MMM", "MMMM"], 1),
        ('d', ["d", "dd"], 2),
        ('H', ["H", "HH"], 3),
        ('h', ["h", "hh"], 3),
        ('a', ["tt"], 3),
        ('m', ["m", "mm"], 4),
        ('s', ["s", "ss"], 5),
        ('S', ["f", "ff", "fff", "ffff", "fffff", "ffffff"], 6),
    ];

    private readonly string _net;
    private readonly int _rank;

    private DatePattern(string text, string net, int rank)
    {
        Text = text;
        _net = net;
        _rank = rank;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The unit of an interval without one: that of days or of months; null: it needs one.</summary>
    public string? Unit => _rank switch
    {
        1 => "MONTHS",
        2 => "DAYS",
        _ => null,
    };

    /// <summary>Throws FormatException for a letter that is not supported.</summary>
    public static DatePattern Parse(string java)
    {
        var net = new StringBuilder();
        var rank = -1;
        for (var at = 0; at < java.Length;)
        {
            var letter = java[at];
            if (letter == '\'')
            {
                at = Quoted(java, at, net);
                continue;
            }

            var length = java.AsSpan(at).IndexOfAnyExcept(letter) is >= 0 and var end ? end : java.Length - at;
            if (char.IsAsciiLetter(letter))
            {
                rank = Math.Max(rank, Append(net, letter, length));
            }
            else
            {
                net.Append('\'').Append(java, at, length).Append('\'');
            }

            at += length;
        }

        return rank < 0
            ? throw new FormatException("it holds no part of a date")
            : new DatePattern(java, net.Length == 1 ? "%" + net : net.ToString(), rank);
    }

    public string Format(DateTime time) => time.ToString(_net, CultureInfo.InvariantCulture);

    public bool TryParse(string text, out DateTime time) => DateTime.TryParseExact(
        text,
        _net,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.NoCurrentDateDefault,
        out time);

    /// <summary>The moment without what the pattern does not write.</summary>
    public DateTime Cut(DateTime time) => TryParse(Format(time), out var cut) ? cut : time;

    private static int Append(StringBuilder net, char letter, int length)
    {
        foreach (var (java, forms, rank) in Letters)
        {
            if (java != letter)
            {
                continue;
            }

            // A year has four digits but for "yy".
            var form = letter is 'y' or 'u' ? (length == 2 ? "yy" : length <= 4 ? "yyyy" : null)
                : length <= forms.Length ? forms[length - 1] : null;
            net.Append(form ?? throw new FormatException($"'{new string(letter, length)}' is not supported"));
            return rank;
        }

        throw new FormatException($"letter '{letter}' is not supported");
    }

    private static int Quoted(string java, int at, StringBuilder net)
    {
        var end = java.IndexOf('\'', at + 1);
        if (end < 0)
        {
            throw new FormatException("a quote is not closed");
        }

        net.Append(end == at + 1 ? "\\'" : $"'{java[(at + 1)..end]}'");
        return end + 1;
    }
}
