using System.Diagnostics.CodeAnalysis;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Prefixes;

/// <summary>
/// A prefix of Firehose's form, <c>year=!{timestamp:yyyy}/</c>, taken apart once and evaluated for each object.
/// Thread-safe.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html. What a prefix lacks is added as there: the
/// arrival's <c>yyyy/MM/dd/HH/</c> to a data prefix that has neither time nor partition key, and
/// <c>&lt;error output type&gt;/yyyy/MM/dd/HH/</c> to an error prefix without expressions.
/// </remarks>
internal sealed class PrefixExpression
{
    /// <summary>Firehose's own bound on what an expression evaluates to.</summary>
    public const int EvaluatedCharactersMax = 512;

    /// <summary>Firehose's own bound on the expression.</summary>
    public const int TextCharactersMax = 1024;

    private const string DefaultTime = "!{timestamp:yyyy/MM/dd/HH/}";
    private const string DefaultError = "!{firehose:error-output-type}/" + DefaultTime;

    private readonly IReadOnlyList<PrefixPart> _parts;
    private TimeTexts? _lastTimes;

    private PrefixExpression(string text, bool hasExpressions, IReadOnlyList<PrefixPart> parts)
    {
        Text = text;
        HasExpressions = hasExpressions;
        _parts = parts;
        QueryKeys = [.. parts.OfType<PrefixPart.QueryKey>().Select(part => part.Name).Distinct()];
        LambdaKeys = [.. parts.OfType<PrefixPart.LambdaKey>().Select(part => part.Name).Distinct()];
    }

    /// <summary>As it was given, without what was added.</summary>
    public string Text { get; }

    /// <summary>Whether the text as given holds any expression.</summary>
    public bool HasExpressions { get; }

    public IReadOnlyList<string> QueryKeys { get; }

    public IReadOnlyList<string> LambdaKeys { get; }

    public bool UsesQueryKeys => QueryKeys.Count > 0;

    public bool UsesLambdaKeys => LambdaKeys.Count > 0;

    public bool UsesTimestamp => _parts.Any(part => part is PrefixPart.Timestamp);

    public bool UsesRandom => _parts.Any(part => part is PrefixPart.RandomString);

    public bool UsesErrorType => _parts.Any(part => part is PrefixPart.ErrorOutputType);

    /// <summary>
    /// Takes a prefix apart; <paramref name="setting"/> is what messages call it. Fails with Invalid, or Unsupported
    /// for a letter of a time pattern that is refused; both say where.
    /// </summary>
    public static PrefixExpression Parse(string text, PrefixKind kind, string setting)
    {
        if (text.Length > TextCharactersMax)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"{setting} is {text.Length} characters long",
                $"at most {TextCharactersMax} are taken");
        }

        var parts = new PrefixParser(text, kind, setting).Parse();
        var hasExpressions = parts.Any(part => part is not PrefixPart.Literal);
        var added = Added(parts, kind, hasExpressions);
        if (kind == PrefixKind.Error && hasExpressions && !parts.Any(part => part is PrefixPart.ErrorOutputType))
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"{setting} '{text}' has expressions, but not !{{firehose:error-output-type}}",
                hint: "name it in the prefix, or use no expression");
        }

        parts = added.Length == 0 ? parts : new PrefixParser(text + added, kind, setting).Parse();
        return new PrefixExpression(text, hasExpressions, parts);
    }

    /// <summary>The prefix of one object. Fails with Invalid where <see cref="TryEvaluate"/> says no.</summary>
    public string Evaluate(in PrefixValues values) => TryEvaluate(values, out var prefix, out var reason)
        ? prefix
        : throw new TarnException(ErrorKind.Invalid, $"prefix '{Text}' {reason}");

    /// <summary>
    /// The prefix of one object, or why there is none: a partition key is missing or empty, or the values give a name
    /// that is too long or is not allowed.
    /// </summary>
    public bool TryEvaluate(
        in PrefixValues values,
        [NotNullWhen(true)] out string? prefix,
        [NotNullWhen(false)] out string? reason)
    {
        var times = TimesOf(values.Time);
        var pieces = new string[_parts.Count];
        prefix = null;
        for (var i = 0; i < pieces.Length; i++)
        {
            var piece = _parts[i] switch
            {
                PrefixPart.Literal literal => literal.Text,
                PrefixPart.Timestamp => times[i],
                PrefixPart.RandomString random => RandomString.Of(values.Seed, random.Index),
                PrefixPart.ErrorOutputType => values.ErrorType,
                PrefixPart.QueryKey key => values.QueryKeys?.GetValueOrDefault(key.Name),
                PrefixPart.LambdaKey key => values.LambdaKeys?.GetValueOrDefault(key.Name),
                _ => throw new InvalidOperationException($"prefix part {_parts[i]} is not known"),
            };
            if (string.IsNullOrEmpty(piece))
            {
                reason = Missing(_parts[i], isEmpty: piece is not null);
                return false;
            }

            pieces[i] = piece;
        }

        var text = string.Concat(pieces);
        reason = text.Length > EvaluatedCharactersMax
            ? $"evaluates to {text.Length} characters, more than {EvaluatedCharactersMax}"
            : PathRules.Find(text) is { } fault ? $"evaluates to '{text}', which {fault}" : null;
        prefix = reason is null ? text : null;
        return reason is null;
    }

    private static string Added(IReadOnlyList<PrefixPart> parts, PrefixKind kind, bool hasExpressions)
    {
        if (kind == PrefixKind.Error)
        {
            return hasExpressions ? "" : DefaultError;
        }

        var isPlaced = parts.Any(
            part => part is PrefixPart.Timestamp or PrefixPart.QueryKey or PrefixPart.LambdaKey);
        return isPlaced ? "" : DefaultTime;
    }

    private static string Missing(PrefixPart part, bool isEmpty) => part switch
    {
        PrefixPart.QueryKey key => $"needs the partition key '{key.Name}', which {What(isEmpty)}",
        PrefixPart.LambdaKey key => $"needs the partition key '{key.Name}' of a function, which {What(isEmpty)}",
        _ => "needs an error output type",
    };

    private static string What(bool isEmpty) => isEmpty ? "is empty" : "is missing";

    /// <summary>Most objects of a batch share their time: its texts are made once.</summary>
    private string?[] TimesOf(DateTimeOffset time)
    {
        var last = _lastTimes;
        if (last is null || !last.Time.EqualsExact(time))
        {
            var texts = _parts.Select(part => part is PrefixPart.Timestamp stamp ? stamp.Pattern.Format(time) : null);
            last = new TimeTexts(time, [.. texts]);
            _lastTimes = last;
        }

        return last.Texts;
    }

    private sealed record TimeTexts(DateTimeOffset Time, string?[] Texts);
}
