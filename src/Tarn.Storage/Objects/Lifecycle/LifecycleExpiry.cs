namespace Tarn.Storage.Objects.Lifecycle;

/// <summary>When something expires, and by which rule.</summary>
/// <param name="At">Midnight UTC; it may be past, as expiry follows within hours.</param>
public sealed record LifecycleExpiry(DateTimeOffset At, string RuleId);
