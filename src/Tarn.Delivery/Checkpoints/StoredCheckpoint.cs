namespace Tarn.Delivery.Checkpoints;

/// <summary>A checkpoint and the version that the metadata store holds of it; 0: not stored yet.</summary>
internal sealed record StoredCheckpoint(string Name, ShardCheckpoint Checkpoint, long Version);
