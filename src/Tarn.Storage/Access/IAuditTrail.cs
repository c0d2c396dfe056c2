namespace Tarn.Storage.Access;

/// <summary>Keeps what was denied. Thread-safe; never throws.</summary>
public interface IAuditTrail
{
    /// <param name="request">What was wanted, by whom.</param>
    /// <param name="reason">The decision's.</param>
    /// <param name="requestId">As the answer names it.</param>
    void Denied(AccessRequest request, string reason, string requestId);
}
