namespace Tarn.Clients.Tests.Storage;

/// <summary>The tests that share one radosgw.</summary>
[CollectionDefinition(Name)]
public sealed class RadosCollection : ICollectionFixture<RadosServer>
{
    public const string Name = "radosgw";
}
