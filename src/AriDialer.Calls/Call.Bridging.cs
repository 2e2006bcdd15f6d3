using AriDialer.Calls.Routing;

namespace AriDialer.Calls;

// Who is heard where. The rest of the call only says where a leg belongs; here this is compared with what Asterisk was last
// asked for, and the difference is asked for: first who leaves, then silence for music, then who comes, then music where
// somebody is left alone.
internal sealed partial class Call
{
    private bool _bridgeMade;
    private bool _consultBridgeMade;

    // Null where it is not known, after a restart.
    private bool? _mainMusic = false;
    private bool? _consultMusic = false;
    private bool _markIsOld;

    private void Settle()
    {
        if (IsOver || !_bridgeMade)
        {
            return;
        }

        foreach (var leg in _legs)
        {
            if (leg is { IsGone: false, Exists: true } && Wanted(leg) == LegPlace.Outside && leg.PutInto != LegPlace.Outside)
            {
                TakeOut(leg);
            }
        }

        var mainAlone = IsAlone(LegPlace.Main);
        var consultAlone = IsAlone(LegPlace.Consult);
        StopMusic(ref _mainMusic, mainAlone, _bridgeId);
        StopMusic(ref _consultMusic, consultAlone, _consultBridgeId);
        foreach (var leg in _legs)
        {
            if (Wanted(leg) is var wanted and not LegPlace.Outside && leg.PutInto != wanted)
            {
                PutInto(leg, wanted);
            }
        }

        StartMusic(ref _mainMusic, mainAlone, _bridgeId);
        StartMusic(ref _consultMusic, consultAlone, _consultBridgeId);
        LetHearRinging();
        SettleTracks();
        if (_markIsOld)
        {
            Do(new CallEffect.WriteMark(_bridgeId, ToMark()));
            _markIsOld = false;
        }
    }

    private LegPlace Wanted(Leg leg) =>
        leg.IsGone || leg.Holding || leg.AwaySince is not null || leg.Leaving || !leg.Exists ? LegPlace.Outside
        : leg.Place == LegPlace.Consult && OpenConsultation is { Winner: null } ? LegPlace.Outside
        : leg != _caller || State != CallState.Voicemail ? leg.Place : LegPlace.Outside;

    // Music is for those who were talking: while the first phones ring, the caller is alone in the bridge and hears the ringing.
    private bool IsAlone(LegPlace place)
    {
        if (State != CallState.Connected)
        {
            return false;
        }

        var count = 0;
        foreach (var leg in _legs)
        {
            count += Wanted(leg) == place ? 1 : 0;
        }

        return count == 1;
    }

    private void TakeOut(Leg leg)
    {
        if (leg.PutInto is null or LegPlace.Main)
        {
            Do(new CallEffect.RemoveFromBridge(_bridgeId, leg.ChannelId));
        }

        if (_consultBridgeMade && leg.PutInto is null or LegPlace.Consult)
        {
            Do(new CallEffect.RemoveFromBridge(_consultBridgeId, leg.ChannelId));
        }

        leg.PutInto = LegPlace.Outside;
    }

    private void PutInto(Leg leg, LegPlace place)
    {
        if (place == LegPlace.Consult && !_consultBridgeMade)
        {
            _consultBridgeMade = true;
            Do(new CallEffect.CreateBridge(_consultBridgeId, Mark: null));
        }

        // Asterisk takes a channel out of the bridge that it is in by itself.
        Do(new CallEffect.AddToBridge(place == LegPlace.Main ? _bridgeId : _consultBridgeId, leg.ChannelId));
        leg.PutInto = place;
    }

    private void StopMusic(ref bool? music, bool wanted, string bridgeId)
    {
        if (!wanted && music != false)
        {
            Do(new CallEffect.SetMusic(bridgeId, On: false));
            music = false;
        }
    }

    private void StartMusic(ref bool? music, bool wanted, string bridgeId)
    {
        if (wanted && music != true)
        {
            Do(new CallEffect.SetMusic(bridgeId, On: true));
            music = true;
        }
    }

    private void LetHearRinging()
    {
        var asker = OpenConsultation is { Winner: null, By: { TakesPart: true, Holding: false } by } ? by : null;
        foreach (var leg in _legs)
        {
            if (leg.HearsRinging != (leg == asker))
            {
                leg.HearsRinging = leg == asker;
                if (!leg.IsGone)
                {
                    Do(new CallEffect.SetRingingTone(leg.ChannelId, leg.HearsRinging));
                }
            }
        }
    }

    /// <summary>Makes the call's bridge, which carries its mark, or writes the mark anew.</summary>
    private void Mark()
    {
        if (_bridgeMade)
        {
            Do(new CallEffect.WriteMark(_bridgeId, ToMark()));
        }
        else
        {
            _bridgeMade = true;
            Do(new CallEffect.CreateBridge(_bridgeId, ToMark()));
            Do(new CallEffect.NameCaller(_caller.ChannelId, Id));
        }

        _markIsOld = false;
    }

    // Somebody removed a bridge under a call that needs it: make it again.
    private void OnBridgeGone(string bridgeId)
    {
        if (IsOver || !_bridgeMade)
        {
            return;
        }

        var place = bridgeId == _bridgeId ? LegPlace.Main : LegPlace.Consult;
        foreach (var leg in _legs.Where(leg => leg.PutInto == place))
        {
            leg.PutInto = LegPlace.Outside;
        }

        if (place == LegPlace.Main)
        {
            _mainMusic = false;
            Do(new CallEffect.CreateBridge(_bridgeId, ToMark()));
        }
        else
        {
            (_consultMusic, _consultBridgeMade) = (false, false);
        }
    }

    private Attempt? OpenConsultation => _attempts.Find(attempt => attempt is { Purpose: RoutePurpose.Ask, IsOver: false });

    private Attempt? OpenTransfer => _attempts.Find(attempt => attempt is { Purpose: RoutePurpose.Transfer or RoutePurpose.Recall, IsOpen: true });
}
