namespace Tarn.Storage.Access;

/// <summary>An access key that a user brings along.</summary>
public sealed record GivenKey(string AccessKeyId, string Secret)
{
    public override string ToString() => AccessKeyId;
}
