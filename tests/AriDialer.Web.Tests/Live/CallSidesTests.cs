using AriDialer.Calls;
using AriDialer.Web.Features.Dialing;
using AriDialer.Web.Features.Live;
using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Live;

/// <summary>What each person's page is told of a call in the midst of a control.</summary>
public sealed class CallSidesTests
{
    private static readonly TelephoneNumbers Numbers = new();

    [Fact]
    public void Sides_Transferred_WhoTookItStandsWhereTheOtherDid()
    {
        Assert.Equal(("Jane Doe", "Bob Agent"), Sides(Controlled.Transferred));

        // Outbound, and the caller has given the customer away: it still goes from us to them.
        var call = Some.Talk("x", Controlled.Alice, Controlled.Jane);
        call = call with { Legs = [Gone(call.Legs[0]), call.Legs[1], Some.Leg("x.leg2", LegRole.Transferred, Controlled.Bob)] };
        Assert.Equal(("Bob Agent", "Jane Doe"), Sides(call));
    }

    [Fact]
    public void Sides_WhileSomebodyIsAskedOrRings_AreWhoTalkedBefore()
    {
        Assert.Equal(("Jane Doe", "Alice Agent"), Sides(Controlled.Consultation));
        Assert.Equal(("Jane Doe", "Alice Agent"), Sides(Controlled.Transfer));
        Assert.Equal(("Jane Doe", "Alice Agent"), Sides(Controlled.Conference));
    }

    [Fact]
    public void Sides_CallThatHasEnded_AreWhoCalledWhom() =>
        Assert.Equal(("Jane Doe", "Alice Agent"), Sides(Controlled.Transferred with { Legs = [.. Controlled.Transferred.Legs.Select(Gone)] }));

    [Fact]
    public void Mine_WhoLeftACallThatGoesOn_HasNoPartInItUntilItsEnd()
    {
        Assert.Null(Seen(Controlled.Transferred, Controlled.Alice).Mine);
        Assert.Equal("1700000000-3.leg2", Seen(Controlled.Transferred, Controlled.Bob).Mine!.LegId);
        Assert.True(Seen(Controlled.Transferred, Controlled.Bob).Mine!.IsOwner);
        Assert.NotNull(Seen(Controlled.Transferred with { State = CallState.Ended }, Controlled.Alice).Mine);
    }

    [Fact]
    public void Mine_CallerRungAgain_IsFoundByTheirNewLeg()
    {
        var call = Some.Talk("x", Controlled.Alice, Controlled.Jane);
        Assert.Equal("sip-x", Seen(call, Controlled.Alice).Mine!.SipCallId);
        call = call with { Legs = [Gone(call.Legs[0]), call.Legs[1], Some.Leg("x.leg3", LegRole.Recalled, Controlled.Alice)] };

        Assert.Equal((null, "x.leg3"), (Seen(call, Controlled.Alice).Mine!.SipCallId, Seen(call, Controlled.Alice).Mine!.LegId));
        Assert.Equal(("Alice Agent", "Jane Doe"), Sides(call));
    }

    [Fact]
    public void Mine_TwoPhones_IsTheOneThatTalks()
    {
        var call = Controlled.Talk;
        call = call with { Legs = [call.Legs[0], call.Legs[1] with { State = LegState.Ringing }, call.Legs[1] with { ChannelId = "desk" }] };

        Assert.Equal("desk", Seen(call, Controlled.Alice).Mine!.LegId);
    }

    [Fact]
    public void Held_EverybodyWhomOneCouldHearIsAway()
    {
        // Alice asks Bob: she talks to Bob, and Jane waits for her.
        Assert.Equal((false, false, true), Held(Controlled.Consultation));

        // She has swapped: now Bob waits.
        Assert.Equal((false, true, false), Held(Controlled.Consultation with
        {
            Consultation = Controlled.Consultation.Consultation! with { TalksToOthers = true },
            Legs = [Controlled.Talk.Legs[0], Controlled.Talk.Legs[1], Controlled.Consultation.Legs[2]],
        }));

        // Bob still rings: Alice hears that, which nobody who holds her does.
        Assert.Equal((false, false, true), Held(Controlled.Consultation with
        {
            Consultation = Controlled.Consultation.Consultation! with { IsUp = false },
            Legs = [Controlled.Talk.Legs[0], Controlled.Consultation.Legs[1], Controlled.Consultation.Legs[2] with { State = LegState.Ringing, Place = LegPlace.Outside }],
        }));
    }

    [Fact]
    public void Held_TwoHoldEachOther_BothAre() => Assert.Equal((true, false, true), Held(Controlled.Held));

    [Fact]
    public void Held_OneOfThreeHolds_NobodyIs()
    {
        var call = Controlled.Conference with
        {
            Legs = [Controlled.Talk.Legs[0], Controlled.Talk.Legs[1] with { Holding = true, Place = LegPlace.Outside }, Some.Leg("b", LegRole.Added, Controlled.Bob)],
        };
        Assert.Equal((false, false, false), Held(call));
    }

    [Fact]
    public void Held_WhoTransfersHasLeftTheOther_TheOtherWaits() => Assert.Equal((false, false, true), Held(Controlled.Transfer));

    [Fact]
    public void Consultation_CanBeCompleted_OnceAnsweredAndWhileTheOthersAreThere()
    {
        Assert.True(Seen(Controlled.Consultation, Controlled.Alice).Consultation!.Transfer);
        Assert.False(Seen(Controlled.Consultation with { Legs = [Gone(Controlled.Talk.Legs[0]), .. Controlled.Consultation.Legs[1..]] }, Controlled.Alice).Consultation!.Transfer);
        Assert.False(Seen(Controlled.Consultation with { Consultation = Controlled.Consultation.Consultation! with { IsUp = false } }, Controlled.Alice).Consultation!.Transfer);
    }

    [Fact]
    public void Legs_OneThatIsGone_IsLeftOut() =>
        Assert.Equal(["Jane Doe", "Bob Agent"], Seen(Controlled.Transferred, Controlled.Alice).Legs.Select(leg => leg.Party.Name));

    [Fact]
    public void Legs_NothingSaidOfWhoIsAtThem_AreTheCallsTwoSides()
    {
        var call = Some.Talk("x", Controlled.Jane, Controlled.Alice);
        var seen = Seen(call with { Legs = [.. call.Legs.Select(leg => leg with { Party = CallParty.Unknown })] }, Controlled.Alice);

        Assert.Equal(["Jane Doe", "Alice Agent"], seen.Legs.Select(leg => leg.Party.Name));
        Assert.Equal([false, true], seen.Legs.Select(leg => leg.Mine));
    }

    private static CallView Seen(CallSnapshot call, CallParty by) => new CallViews(Numbers, by.UserId!, "US").Of(call);

    private static (string? From, string? To) Sides(CallSnapshot call)
    {
        var (from, to) = call.PresentSides();
        return (from.Name, to.Name);
    }

    private static (bool Alice, bool Bob, bool Jane) Held(CallSnapshot call) =>
        (Seen(call, Controlled.Alice).Mine?.Held ?? false, Seen(call, Controlled.Bob).Mine?.Held ?? false, call.IsHeld(call.Legs[0]));

    private static LegSnapshot Gone(LegSnapshot leg) => leg with { State = LegState.Gone };
}
