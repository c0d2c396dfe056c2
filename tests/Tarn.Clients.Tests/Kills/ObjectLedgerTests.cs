namespace Tarn.Clients.Tests.Kills;

/// <summary>What may be found after a kill, and what must not.</summary>
public sealed class ObjectLedgerTests
{
    private readonly ObjectLedger _ledger = new();

    [Fact]
    public void MayHold_AfterAnAcknowledgedPut_ThatAlone()
    {
        Acknowledged("old");
        Acknowledged("new");

        Assert.True(_ledger.MayHold("k", "new"));
        Assert.False(_ledger.MayHold("k", "old"));
        Assert.False(_ledger.MayHold("k", null));
        Assert.False(_ledger.MayHold("k", "of nobody"));
    }

    [Fact]
    public void MayHold_WithAnUnansweredPut_TheOldOrTheNew()
    {
        Acknowledged("old");
        _ledger.Begin("k", "new");

        Assert.True(_ledger.MayHold("k", "old"));
        Assert.True(_ledger.MayHold("k", "new"));
        Assert.False(_ledger.MayHold("k", null));
    }

    [Fact]
    public void MayHold_AfterTwoAtOnce_EitherOfThem()
    {
        var (first, second) = (_ledger.Begin("k", "first"), _ledger.Begin("k", "second"));
        _ledger.Acknowledge(second);
        _ledger.Acknowledge(first);

        Assert.True(_ledger.MayHold("k", "first"));
        Assert.True(_ledger.MayHold("k", "second"));
        Assert.False(_ledger.MayHold("k", null));
    }

    [Fact]
    public void MayHold_AfterADelete_OnlyWhatCameLater()
    {
        Acknowledged("old");
        Acknowledged(null);
        Assert.False(_ledger.MayHold("k", "old"));
        Assert.True(_ledger.MayHold("k", null));

        _ledger.Refuse(_ledger.Begin("k", "refused"));
        Assert.False(_ledger.MayHold("k", "refused"));
    }

    [Fact]
    public void MayHold_AfterTheStart_WhatWasFoundThen()
    {
        Acknowledged("old");
        _ledger.Begin("k", "new");
        _ledger.Settle("k", "old");

        Assert.True(_ledger.MayHold("k", "old"));
        Assert.False(_ledger.MayHold("k", "new"));
    }

    private void Acknowledged(string? hash) => _ledger.Acknowledge(_ledger.Begin("k", hash));
}
