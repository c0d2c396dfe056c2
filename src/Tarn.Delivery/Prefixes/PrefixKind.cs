namespace Tarn.Delivery.Prefixes;

/// <summary>Which of a destination's two prefixes an expression is.</summary>
internal enum PrefixKind
{
    /// <summary>That of delivered objects.</summary>
    Data,

    /// <summary>That of objects of failed records.</summary>
    Error,
}
