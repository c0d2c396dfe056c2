using System.Text.Json;
using Tarn.Delivery.Jq.Nodes;
using Tarn.Delivery.Jq.Syntax;
using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq;

/// <summary>
/// A query in the subset of jq 1.6 that docs/coverage/jq.md lists: parsed once, run over each record. It depends on
/// nothing but the record. Thread-safe.
/// </summary>
internal sealed class JqQuery
{
    /// <summary>Firehose's own bound on a processor's parameter.</summary>
    public const int TextCharactersMax = 5120;

    /// <summary>How deep a record may be nested.</summary>
    public const int RecordDepthMax = 256;

    private readonly JqNode _root;

    private JqQuery(string text, JqNode root)
    {
        Text = text;
        _root = root;
    }

    /// <summary>How records are read.</summary>
    public static JsonDocumentOptions JsonForm { get; } = new() { MaxDepth = RecordDepthMax };

    public string Text { get; }

    /// <summary>
    /// Names of the result object's members, where the query's text fixes them; null when only a record could tell.
    /// </summary>
    public IReadOnlyList<string>? ResultKeys => _root.ResultKeys;

    /// <summary>
    /// Parses a query; <paramref name="setting"/> is what messages call it. Fails with Invalid, or Unsupported for what
    /// jq has and the subset does not; both say line and column.
    /// </summary>
    public static JqQuery Parse(string text, string setting)
    {
        var source = new JqSource(text, setting);
        if (text.Length > TextCharactersMax)
        {
            throw source.Invalid(
                TextCharactersMax, $"the query is longer than {TextCharactersMax} characters", hint: null);
        }

        return new JqQuery(text, new JqParser(source, new JqLexer(source).ReadAll()).ParseAll());
    }

    /// <summary>
    /// What the query gives for a record, one value after the other. Throws <see cref="JqFault"/> or
    /// <see cref="JqLimitFault"/>. The values are valid as long as the record's document.
    /// </summary>
    public IEnumerable<JqValue> Run(JsonElement record) => _root.All(new JqRun(), JqValue.Of(record));
}
