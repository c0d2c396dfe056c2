namespace Tarn.Storage.Objects.Lifecycle;

/// <summary>Which objects a rule is about: those that fit all that is set.</summary>
/// <param name="Prefix">What keys begin with; null: not stated, any.</param>
/// <param name="Tags">That an object has, among others; null: none asked for.</param>
/// <param name="SizeGreaterThan">Bytes, or null.</param>
/// <param name="SizeLessThan">Bytes, or null.</param>
public sealed record LifecycleFilter(
    string? Prefix, IReadOnlyDictionary<string, string>? Tags, long? SizeGreaterThan, long? SizeLessThan)
{
    /// <summary>Whether keys alone decide.</summary>
    public bool IsByKey => Tags is not { Count: > 0 } && SizeGreaterThan is null && SizeLessThan is null;

    public bool FitsKey(string key) => key.StartsWith(Prefix ?? "", StringComparison.Ordinal);

    public bool Fits(ObjectInfo info) =>
        FitsKey(info.Key.Key)
        && (SizeGreaterThan is not { } least || info.Size > least)
        && (SizeLessThan is not { } most || info.Size < most)
        && (Tags ?? new Dictionary<string, string>()).All(tag =>
            info.Attributes.Tags.TryGetValue(tag.Key, out var value) && value == tag.Value);
}
