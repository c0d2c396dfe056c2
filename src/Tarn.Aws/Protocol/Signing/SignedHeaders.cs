namespace Tarn.Aws.Protocol.Signing;

/// <summary>The names of the headers that a signature covers, in the order of the request.</summary>
internal sealed class SignedHeaders(string text)
{
    private readonly HashSet<string> _covered = text.Split(';')
        .Where(name => !name.Any(char.IsUpper))
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>As sent: <c>host;x-amz-date</c>.</summary>
    public string Text => text;

    public IReadOnlyList<string> Names { get; } = text.Split(';');

    public bool CoversHost => Covers("host") || Covers(CanonicalRequest.Authority);

    /// <summary>Whether a header of that name, in any case, is signed under its name in lower case.</summary>
    public bool Covers(string header) => _covered.Contains(header);
}
