using Tarn.Delivery.Timestamps;

namespace Tarn.Delivery.Prefixes;

/// <summary>A piece of a prefix: text, or one expression.</summary>
internal abstract record PrefixPart
{
    private PrefixPart()
    {
    }

    internal sealed record Literal(string Text) : PrefixPart;

    internal sealed record Timestamp(TimestampPattern Pattern) : PrefixPart;

    /// <summary>The <paramref name="Index"/>th random string of its prefix; each is another one.</summary>
    internal sealed record RandomString(int Index) : PrefixPart;

    internal sealed record ErrorOutputType : PrefixPart;

    internal sealed record QueryKey(string Name) : PrefixPart;

    internal sealed record LambdaKey(string Name) : PrefixPart;
}
