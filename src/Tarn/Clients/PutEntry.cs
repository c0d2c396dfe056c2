namespace Tarn.Clients;

/// <summary>A record to be sent.</summary>
internal readonly record struct PutEntry(string PartitionKey, ReadOnlyMemory<byte> Data);
