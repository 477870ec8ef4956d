#include "textflag.h"

// func unescaped(b []byte, i int) int
//
// Y0 and Y1 hold a quote and a backslash 32 times, AX the offset, CX the last offset that has
// 64 bytes after it. R8 is 1 where the byte at the offset is escaped.
TEXT ·unescaped(SB), NOSPLIT, $0-40
	MOVQ b_base+0(FP), SI
	MOVQ b_len+8(FP), CX
	MOVQ i+24(FP), AX
	MOVL $0x22, R9
	MOVL $0x5c, R10
	VMOVD R9, X0
	VMOVD R10, X1
	VPBROADCASTB X0, Y0
	VPBROADCASTB X1, Y1

	// Most strings end within 32 bytes, with no backslash before.
	VMOVDQU   (SI)(AX*1), Y2
	VPCMPEQB  Y0, Y2, Y4
	VPCMPEQB  Y1, Y2, Y6
	VPMOVMSKB Y4, R9
	VPMOVMSKB Y6, R11
	LEAL      -1(R9), R10
	ANDNL     R10, R9, R10 // the bits below the first quote; all where there is none
	TESTL     R10, R11
	JNE       escapes
	TESTL     R9, R9
	JNE       first

escapes:
	SUBQ $64, CX
	XORL R8, R8
	MOVQ $0xAAAAAAAAAAAAAAAA, DI

block:
	CMPQ      AX, CX
	JGT       end
	VMOVDQU   (SI)(AX*1), Y2
	VMOVDQU   32(SI)(AX*1), Y3
	VPCMPEQB  Y0, Y2, Y4
	VPCMPEQB  Y0, Y3, Y5
	VPCMPEQB  Y1, Y2, Y6
	VPCMPEQB  Y1, Y3, Y7
	VPMOVMSKB Y4, R9
	VPMOVMSKB Y5, R10
	SHLQ      $32, R10
	ORQ       R10, R9       // quotes
	VPMOVMSKB Y6, R11
	VPMOVMSKB Y7, R12
	SHLQ      $32, R12
	ORQ       R12, R11      // backslashes

	// A backslash that is not escaped escapes the byte after it. The subtraction carries this
	// through a row of backslashes, to every second one and to the byte after the row.
	ANDNQ R11, R8, DX
	LEAQ  (DX)(DX*1), R10
	ORQ   DI, R10
	SUBQ  DX, R10
	XORQ  DI, R10
	ORQ   R11, R8
	XORQ  R10, R8 // what is escaped
	ANDNQ R9, R8, R9
	JNE   first
	ANDQ  R11, R10
	SHRQ  $63, R10
	MOVQ  R10, R8
	ADDQ  $64, AX
	JMP   block

first:
	TZCNTQ R9, R9
	ADDQ   R9, AX
	VZEROUPPER
	MOVQ   AX, ret+32(FP)
	RET

end:
	ADDQ R8, AX
	VZEROUPPER
	MOVQ AX, ret+32(FP)
	RET
