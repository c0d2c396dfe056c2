using Tarn.Primitives.Errors;

namespace Tarn.Query.Binding.Lines;

/// <summary>What a SerDe was declared with. Names count without regard to case, as Hive's own do in practice.</summary>
internal sealed class SerDeProperties(string owner, string serDe, IReadOnlyDictionary<string, string> values)
{
    /// <summary>The lines about headers stand with the table's properties or here; both are read elsewhere.</summary>
    private static readonly string[] Always = ["skip.header.line.count", "skip.footer.line.count"];

    private readonly Dictionary<string, string> _values = new(values, StringComparer.OrdinalIgnoreCase);

    public string Owner => owner;

    public string SerDe => serDe;

    public string? Find(string name) => _values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public bool IsTrue(string name) =>
        _values.GetValueOrDefault(name, "").Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Throws Unsupported for a property that is none of these.</summary>
    public void RefuseOthers(params ReadOnlySpan<string> known)
    {
        foreach (var (name, value) in _values)
        {
            if (!Contains(known, name) && !Contains(Always, name))
            {
                throw Refusal(name, value, $"{serDe} supports {string.Join(", ", known.ToArray())}");
            }
        }
    }

    public TarnException Refusal(string name, string value, string? hint) => new(
        ErrorKind.Unsupported,
        $"{owner} has the SerDe property '{name}' = '{value}', which is not supported with {serDe}",
        hint: hint) { Code = "NOT_SUPPORTED" };

    public TarnException Invalid(string message, string? detail = null) =>
        new(ErrorKind.Invalid, $"{owner}: {message}", detail) { Code = "HIVE_INVALID_METADATA" };

    private static bool Contains(ReadOnlySpan<string> names, string name)
    {
        foreach (var known in names)
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
