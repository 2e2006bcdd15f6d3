namespace AriDialer.EndToEnd.House;

/// <summary>What an operator might add to the dialplan, and what these tests call to make things happen.</summary>
internal static class TestDialplan
{
    public const string Text = """
        [aridialer-trunk](+)
        ; A number of the operator's own: AriDialer first, and what it could not connect goes to the operator's own ending.
        exten => +12025550171,1,Stasis(aridialer,kind=trunk,return=unanswered)
         same => n,Set(GLOBAL(TEST_HANDED_BACK)=${ARIDIALER_RESULT}/${ARIDIALER_CAUSE}/${ARIDIALER_CALL_ID})
         same => n,Answer()
         same => n,Wait(0.5)
         same => n,Hangup(16)

        ; A caller in Stasis of an application of its own, for what Asterisk does by itself.
        exten => +12025550172,1,Stasis(test)
         same => n,Hangup(16)

        ; One that an application of the test's sends back to a place of its choice.
        exten => +12025550173,1,Stasis(handback,kind=trunk)
         same => n,Hangup(16)

        ; Congestion, with a header that Asterisk does not send.
        exten => +12025550175,1,Set(PJSIP_HEADER(add,Retry-After)=5)
         same => n,Hangup(42)

        [test-place]
        exten => +12025550174,1,Hangup(16)
         same => n,Hangup(16)
         same => n,Set(GLOBAL(TEST_PLACE)=${EXTEN}/${ARIDIALER_RESULT}/${ARIDIALER_CALL_ID})
         same => n,Answer()
         same => n,Wait(0.5)
         same => n,Hangup(16)

        [test-busy]
        exten => s,1,Busy(5)
        """;
}
