using System.Text;
using Tarn.Delivery.Timestamps;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Prefixes;

/// <summary>
/// Takes a prefix apart. Every failure names the setting and the position, counted from 1.
/// </summary>
internal sealed class PrefixParser(string text, PrefixKind kind, string setting)
{
    private const string Open = "!{";
    private const string Form = "an expression is !{namespace:value}";
    private const string Timestamp = "timestamp";
    private const string Firehose = "firehose";
    private const string FromQuery = "partitionKeyFromQuery";
    private const string FromLambda = "partitionKeyFromLambda";
    private const string RandomText = "random-string";
    private const string ErrorType = "error-output-type";

    private readonly List<PrefixPart> _parts = [];
    private int _randomStrings;

    public IReadOnlyList<PrefixPart> Parse()
    {
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf(Open, at, StringComparison.Ordinal);
            if (open != at)
            {
                var end = open < 0 ? text.Length : open;
                _parts.Add(new PrefixPart.Literal(text[at..end]));
                at = end;
                continue;
            }

            at = ParseExpression(open);
        }

        CheckPath();
        return _parts;
    }

    private int ParseExpression(int open)
    {
        var colon = text.IndexOfAny([':', '}', '{'], open + Open.Length);
        if (colon < 0 || text[colon] != ':')
        {
            throw colon >= 0 && text[colon] == '}'
                ? Fail(open, $"holds '{text[open..(colon + 1)]}', which has no ':'", Form)
                : Fail(open, "holds a '!{' that is not closed", Form);
        }

        var name = text[(open + Open.Length)..colon];
        var end = EndOf(open, colon + 1, isQuoted: name == Timestamp);
        var value = text[(colon + 1)..end];
        _parts.Add(name switch
        {
            Timestamp => ParseTimestamp(value, colon + 1),
            Firehose => ParseFirehose(value, colon + 1),
            FromQuery => new PrefixPart.QueryKey(KeyName(value, open, colon + 1)),
            FromLambda => new PrefixPart.LambdaKey(KeyName(value, open, colon + 1)),
            _ => throw Fail(
                open + Open.Length,
                $"holds the namespace '{name}', which is not known",
                Suggestion.Hint(name, [Timestamp, Firehose, FromQuery, FromLambda])
                ?? $"known are {Timestamp}, {Firehose}, {FromQuery} and {FromLambda}"),
        });
        return end + 1;
    }

    /// <summary>Where the expression's '}' is; in a time pattern a quoted one is text.</summary>
    private int EndOf(int open, int from, bool isQuoted)
    {
        var inQuotes = false;
        for (var i = from; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '\'')
            {
                inQuotes = !inQuotes;
            }
            else if (!inQuotes && text[i] == '}')
            {
                return i;
            }
            else if (!inQuotes && string.CompareOrdinal(text, i, Open, 0, Open.Length) == 0)
            {
                throw Fail(i, "holds '!{' within an expression", Form);
            }
        }

        throw inQuotes
            ? Fail(open, "holds a time pattern whose quote is not closed", "text is put in quotes: 'year='yyyy")
            : Fail(open, "holds a '!{' that is not closed", Form);
    }

    private PrefixPart.Timestamp ParseTimestamp(string value, int at)
    {
        if (TimestampPattern.TryParse(value, out var pattern, out var fault))
        {
            return new PrefixPart.Timestamp(pattern);
        }

        throw new TarnException(
            fault.Kind,
            $"{setting} '{text}' has a fault at position {at + fault.Position + 1}: {fault.Message}",
            hint: fault.Hint);
    }

    private PrefixPart ParseFirehose(string value, int at)
    {
        switch (value)
        {
            case RandomText:
                return new PrefixPart.RandomString(_randomStrings++);
            case ErrorType when kind == PrefixKind.Error:
                return new PrefixPart.ErrorOutputType();
            case ErrorType:
                throw Fail(at, $"holds !{{{Firehose}:{ErrorType}}}", "it belongs in the error prefix");
            default:
                throw Fail(
                    at,
                    $"holds the value '{value}' of {Firehose}, which is not known",
                    Suggestion.Hint(value, [RandomText, ErrorType]) ?? $"known are {RandomText} and {ErrorType}");
        }
    }

    private string KeyName(string value, int open, int at)
    {
        if (kind == PrefixKind.Error)
        {
            throw Fail(open, "holds a partition key", "failed records have none; partition keys belong in the prefix");
        }

        return value.Length > 0
            ? value
            : throw Fail(at, "holds a partition key without a name", $"!{{{FromQuery}:customer_id}}");
    }

    /// <summary>An expression counts as one character that is not a dot.</summary>
    private void CheckPath()
    {
        var shape = new StringBuilder();
        foreach (var part in _parts)
        {
            shape.Append(part is PrefixPart.Literal literal ? literal.Text : "x");
        }

        if (PathRules.Find(shape.ToString()) is { } reason)
        {
            throw new TarnException(
                ErrorKind.Invalid, $"{setting} '{text}' {reason}", hint: "a prefix is like raw/scores/");
        }
    }

    private TarnException Fail(int at, string what, string? hint) =>
        new(ErrorKind.Invalid, $"{setting} '{text}' {what}, at position {at + 1}", hint: hint);
}
