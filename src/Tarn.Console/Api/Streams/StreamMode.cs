namespace Tarn.Console.Api.Streams;

/// <summary>Who decides how many shards there are: the owner, or the load.</summary>
internal enum StreamMode
{
    Provisioned,
    OnDemand,
}
